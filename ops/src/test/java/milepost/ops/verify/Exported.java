package milepost.ops.verify;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import milepost.event.Event;
import milepost.event.EventTypes;
import milepost.event.Recorded;
import milepost.event.Story;
import milepost.event.json.EventJson;
import milepost.plan.PlanRecord;
import milepost.query.audit.Bundle;
import milepost.query.audit.Checkpoint;
import milepost.query.audit.Entry;
import milepost.query.audit.Hash;
import milepost.query.audit.Note;
import milepost.query.audit.Reckoning;
import milepost.query.past.Replay;
import milepost.query.plan.Plan;
import milepost.query.plan.PlanRows;
import milepost.query.timeline.TimelineEntry;

/** A log as it is exported, which tests alter: what follows from its lines is written anew only where they say so. */
final class Exported {
    static final String ORIGIN = "milepost.example/audit/log";
    static final String METADATA = """
            {"by":{"subject":"s-1","role":"officer","organisation":null,"client":"milepost"}}""";

    final List<String> lines = new ArrayList<>();
    final List<Key> keys = new ArrayList<>();
    final List<Note> handovers = new ArrayList<>();
    List<Hash> hashes = List.of();
    String plans = "";
    Note checkpoint = new Note("", List.of());

    /** The story of two cities, told in turns, after the log's key was introduced. */
    static Exported story(Key key) {
        var log = new Exported();
        log.introduce(key);
        for (var event : Story.story()) {
            log.record(event, "lakeside");
            log.record(event, "riverside");
        }
        return log.integrated();
    }

    void introduce(Key key) {
        keys.add(key);
        var version = lines.stream()
                        .filter(line -> line.contains("\"stream\":\"access\""))
                        .count()
                + 1;
        lines.add(line(lines.size() + 1, "access", version, Bundle.KEY_INTRODUCED, "{\"key\":\"" + key + "\"}"));
    }

    void record(Event event, String plan) {
        var stream = "plan/" + plan;
        var version = lines.stream()
                        .filter(line -> line.contains("\"" + stream + "\""))
                        .count()
                + 1;
        var payload = EventJson.write(event).replace("\"plan\":\"lakeside\"", "\"plan\":\"" + plan + "\"");
        lines.add(line(lines.size() + 1, stream, version, EventTypes.name(event.getClass()), payload));
    }

    static String line(long position, String stream, long version, String type, String payload) {
        var at = Instant.parse("2026-01-01T00:00:00.000001Z").plus(position, ChronoUnit.MINUTES);
        return "{\"position\":%s,\"stream\":\"%s\",\"version\":%s,\"at\":\"%s\",\"type\":\"%s\",\"revision\":null,\"metadata\":%s,\"payload\":%s}"
                .formatted(position, stream, version, at, type, METADATA, payload);
    }

    /** Everything follows from the lines. */
    Exported integrated() {
        return rehashed().refolded().signed();
    }

    Exported rehashed() {
        hashes = leaves();
        return this;
    }

    List<Hash> leaves() {
        return lines.stream().map(line -> Hash.leaf(line.getBytes(UTF_8))).toList();
    }

    Exported signed() {
        checkpoint = checkpoint(keys.subList(keys.size() - 1, keys.size()));
        return this;
    }

    Note checkpoint(List<Key> signers) {
        return Note.sign(
                new Checkpoint(ORIGIN, lines.size(), LineFile.root(leaves(), lines.size())).toString(), signers);
    }

    /** Positions are those of the lines again. */
    Exported renumbered() {
        for (var i = 0; i < lines.size(); i++) {
            lines.set(i, lines.get(i).replaceFirst("\"position\":\\d+", "\"position\":" + (i + 1)));
        }
        return this;
    }

    Exported refolded() {
        plans = folded().values().stream().map(plan -> plan + "\n").collect(joining());
        return this;
    }

    /** As the API answered each plan at the last line. */
    private Map<String, String> folded() {
        var last = lines.isEmpty()
                ? Instant.EPOCH
                : Entry.parse(lines.getLast().getBytes(UTF_8)).at();
        return folded(Reckoning.NOW.day(last));
    }

    /** As the API answers each plan on a day. */
    Map<String, String> folded(LocalDate day) {
        var facts = new TreeMap<String, List<Recorded>>();
        for (var line : lines) {
            var entry = Entry.parse(line.getBytes(UTF_8));
            entry.plan()
                    .ifPresent(plan -> facts.computeIfAbsent(plan.text(), p -> new ArrayList<>())
                            .add(entry.recorded()));
        }
        var plans = new LinkedHashMap<String, String>();
        for (var plan : facts.entrySet()) {
            var rows = PlanRows.of(PlanRecord.of(plan.getValue())).orElseThrow();
            plans.put(plan.getKey(), EventJson.MAPPER.writeValueAsString(Plan.on(day, rows)));
        }
        return plans;
    }

    /** As the API answers its replay. */
    String replayed(String plan) {
        return Replay.of(facts(plan), 0)
                .map(step -> EventJson.MAPPER.writeValueAsString(step) + "\n")
                .collect(joining());
    }

    /** As the API answers its timeline, on one page. */
    String timeline(String plan) {
        return TimelineEntry.of(PlanRecord.of(facts(plan))).stream()
                .sorted(Comparator.comparing(TimelineEntry::firstDay).thenComparing(TimelineEntry::version))
                .map(EventJson.MAPPER::writeValueAsString)
                .collect(joining(",", "{\"items\":[", "]}"));
    }

    private List<Recorded> facts(String plan) {
        return lines.stream()
                .map(line -> Entry.parse(line.getBytes(UTF_8)))
                .filter(entry -> entry.stream().equals("plan/" + plan))
                .map(Entry::recorded)
                .toList();
    }

    Map<String, byte[]> files() {
        var files = new LinkedHashMap<String, byte[]>();
        files.put(Bundle.CHECKPOINT, checkpoint.toString().getBytes(UTF_8));
        files.put(Bundle.KEYS, text(keys.stream().map(Key::toString).toList()));
        files.put(
                Bundle.HANDOVERS,
                handovers.stream().map(Note::toString).collect(joining("\n")).getBytes(UTF_8));
        files.put(Bundle.HISTORY, text(lines));
        files.put(Bundle.RECKONING, text(List.of(Reckoning.NOW.text)));
        files.put(Bundle.PLANS, plans.getBytes(UTF_8));
        var bytes = ByteBuffer.allocate(hashes.size() * Hash.BYTES);
        hashes.forEach(hash -> bytes.put(Base64.getDecoder().decode(hash.toString())));
        files.put(Bundle.HASHES, bytes.array());
        for (var key : keys) files.put(Bundle.pem(key.key()), key.key().pem().getBytes(UTF_8));
        return files;
    }

    private static byte[] text(List<String> lines) {
        return lines.stream().map(line -> line + "\n").collect(joining()).getBytes(UTF_8);
    }

    static byte[] zip(Map<String, byte[]> files) {
        var out = new ByteArrayOutputStream();
        try (var zip = new ZipOutputStream(out)) {
            for (var file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    Path zip(Path directory) {
        return write(directory.resolve("export-" + System.nanoTime() + ".zip"), zip(files()));
    }

    Path unpacked(Path directory) {
        files().forEach((name, bytes) -> write(directory.resolve(name), bytes));
        return directory;
    }

    static Path write(Path file, byte[] bytes) {
        try {
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
