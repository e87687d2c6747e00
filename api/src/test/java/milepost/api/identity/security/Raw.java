package milepost.api.identity.security;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** What a server answers to exactly these bytes; no client mends them on the way. */
public record Raw(int status, String head, String body) {
    private static final int PATIENCE = 60_000;

    /** @param request its line and headers; the rest of what HTTP wants is added */
    public static Raw send(URI server, String request) {
        return sendBytes(server, request + "\r\nHost: " + server.getAuthority() + "\r\nConnection: close\r\n\r\n");
    }

    /** Status 0: it hung up. */
    static Raw sendBytes(URI server, String bytes) {
        try (var socket = new Socket(server.getHost(), server.getPort())) {
            socket.setSoTimeout(PATIENCE);
            write(socket, bytes);
            var answer = read(socket);
            var end = answer.indexOf("\r\n\r\n");
            if (end < 0) return new Raw(0, "", "");
            return new Raw(
                    Integer.parseInt(answer.substring(9, 12)), answer.substring(0, end), answer.substring(end + 4));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A server that has heard enough hangs up before all is said. */
    private static void write(Socket socket, String bytes) throws IOException {
        try {
            socket.getOutputStream().write(bytes.getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        } catch (SocketException heardEnough) {
            assert socket.isConnected();
        }
    }

    private static String read(Socket socket) throws IOException {
        var answer = new StringBuilder();
        var buffer = new byte[8192];
        try {
            for (var n = 0; n >= 0; n = socket.getInputStream().read(buffer)) {
                answer.append(new String(buffer, 0, n, StandardCharsets.ISO_8859_1));
            }
        } catch (SocketException reset) {
            return answer.toString();
        }
        return answer.toString();
    }

    boolean isProblem() {
        return head.contains("\r\nContent-Type: application/problem+json")
                && body.contains("\"code\":\"")
                && body.contains("\"traceId\":\"");
    }
}
