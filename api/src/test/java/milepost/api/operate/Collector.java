package milepost.api.operate;

import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import milepost.api.Node;

/** Takes what is sent by OTLP over HTTP, as the operator's collector would. */
final class Collector implements AutoCloseable {
    private static final int ATTEMPTS = 1_200;

    private final Queue<Sent> sent = new ConcurrentLinkedQueue<>();
    private final Queue<String> paths = new ConcurrentLinkedQueue<>();
    private final HttpServer server;

    /** A span and who sent it. */
    record Sent(String node, Span span) {
        String name() {
            return span.getName();
        }

        String trace() {
            return HexFormat.of().formatHex(span.getTraceId().toByteArray());
        }

        String id() {
            return HexFormat.of().formatHex(span.getSpanId().toByteArray());
        }

        String parent() {
            return HexFormat.of().formatHex(span.getParentSpanId().toByteArray());
        }
    }

    Collector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/", exchange -> {
            paths.add(exchange.getRequestURI().getPath());
            var request = ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
            for (var resource : request.getResourceSpansList()) {
                var node = node(resource.getResource().getAttributesList());
                for (var scope : resource.getScopeSpansList()) {
                    scope.getSpansList().forEach(span -> sent.add(new Sent(node, span)));
                }
            }
            exchange.getResponseHeaders().add("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }

    private static String node(List<KeyValue> attributes) {
        return attributes.stream()
                .filter(attribute -> attribute.getKey().equals("node"))
                .map(attribute -> attribute.getValue().getStringValue())
                .findFirst()
                .orElse("");
    }

    /** How a node is told to send everything here, at once. */
    String[] settings(String node) {
        return new String[] {
            "milepost.dataset=none",
            "management.opentelemetry.tracing.export.otlp.endpoint=http://127.0.0.1:"
                    + server.getAddress().getPort() + "/v1/traces",
            "management.opentelemetry.tracing.export.schedule-delay=50ms",
            "management.opentelemetry.resource-attributes.node=" + node,
            "management.tracing.sampling.probability=1.0"
        };
    }

    /** The spans of a trace, once there are so many. */
    List<Sent> await(String trace, int spans) {
        for (var i = 0; i < ATTEMPTS && of(trace).size() < spans; i++) Node.pause(50);
        return of(trace);
    }

    List<Sent> all() {
        return List.copyOf(sent);
    }

    List<String> paths() {
        return paths.stream().distinct().toList();
    }

    private List<Sent> of(String trace) {
        return sent.stream().filter(one -> one.trace().equals(trace)).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
