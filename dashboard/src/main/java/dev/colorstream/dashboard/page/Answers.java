package dev.colorstream.dashboard.page;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.json.JsonObject;
import io.javalin.http.Context;

/** Answers of the API. */
final class Answers {
    private Answers() {}

    static void json(Context request, ObjectNode json) {
        request.header("Cache-Control", "no-store");
        request.contentType("application/json");
        request.result(JsonObject.write(json));
    }

    /** Says what is wrong, and the mend. */
    static void problem(Context request, int status, String message) {
        request.status(status);
        json(request, JsonObject.create().put("error", message));
    }
}
