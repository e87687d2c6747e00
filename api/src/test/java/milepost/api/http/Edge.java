package milepost.api.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import milepost.api.Node;

/** What tests of the edge say again and again. */
public final class Edge {
    private Edge() {}

    /** Opens a plan, and answers its path. */
    public static String open(Node node, String plan) {
        var opened = node.post("/api/plans", """
                {"plan":"%s","city":"Lakeside","countryCode":"SG","from":"2018","to":"2025","on":"2018"}""".formatted(plan));
        assertThat(opened.statusCode()).isEqualTo(201);
        return "/api/plans/" + plan;
    }

    public static long version(HttpResponse<String> receipt) {
        return Node.json(receipt).path("version").asLong();
    }

    /** The number of facts there are, of all plans. */
    public static long facts(Node node) {
        return node.sql()
                .sql("select count(*) from event_log where stream like 'plan/%'")
                .query(Long.class)
                .single();
    }

    /** Sends so many requests at the same moment, and answers what each got. */
    public static <T> List<T> atOnce(int many, IntFunction<T> request) {
        var go = new CountDownLatch(1);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var sent = new ArrayList<Future<T>>();
            for (var i = 0; i < many; i++) {
                var number = i;
                sent.add(threads.submit(() -> {
                    go.await();
                    return request.apply(number);
                }));
            }
            go.countDown();
            var answers = new ArrayList<T>();
            for (var answer : sent) answers.add(answer.get());
            return answers;
        } catch (InterruptedException | ExecutionException e) {
            throw new AssertionError(e);
        }
    }
}
