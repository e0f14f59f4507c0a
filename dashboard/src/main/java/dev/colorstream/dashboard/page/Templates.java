package dev.colorstream.dashboard.page;

import io.pebbletemplates.pebble.PebbleEngine;
import io.pebbletemplates.pebble.loader.ClasspathLoader;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.Map;

/** The page's HTML. Every value is escaped. */
final class Templates {
    private final PebbleEngine engine;

    Templates() {
        ClasspathLoader loader = new ClasspathLoader(Templates.class.getClassLoader());
        loader.setPrefix("dev/colorstream/dashboard/templates");
        loader.setSuffix(".html");
        engine = new PebbleEngine.Builder()
                .loader(loader)
                .autoEscaping(true)
                .strictVariables(true)
                .build();
    }

    /** The page of that name. */
    String page(String name, Map<String, Object> values) {
        StringWriter html = new StringWriter();
        try {
            engine.getTemplate(name).evaluate(html, values);
        } catch (IOException e) {
            throw new UncheckedIOException("the page " + name + " cannot be written", e);
        }
        return html.toString();
    }
}
