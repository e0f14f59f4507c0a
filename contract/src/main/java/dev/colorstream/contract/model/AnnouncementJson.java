package dev.colorstream.contract.model;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.colorstream.contract.ModelVersionId;
import dev.colorstream.contract.json.JsonObject;
import dev.colorstream.contract.json.MalformedJsonException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Announcements as JSON records, keyed by channel. Readers pass over fields that they do not know. */
public final class AnnouncementJson {
    private AnnouncementJson() {}

    /** The record that tells it. */
    public static ProducerRecord<byte[], byte[]> write(String topic, ModelAnnouncement announcement) {
        return new ProducerRecord<>(
                topic, announcement.channel().wireName().getBytes(StandardCharsets.UTF_8), toJson(announcement));
    }

    /** The announcement as UTF-8 JSON. */
    public static byte[] toJson(ModelAnnouncement announcement) {
        ObjectNode json = JsonObject.create();
        json.put("channel", announcement.channel().wireName());
        json.put("version", announcement.version().value());
        json.put("share", announcement.share());
        ArrayNode earlier = json.putArray("earlier");
        announcement.earlier().forEach(version -> earlier.add(version.value()));
        json.put("announcedAt", announcement.announcedAt().toString());
        json.put("note", announcement.note());
        return JsonObject.write(json);
    }

    /**
     * The announcement that the JSON tells. By hand it needs a channel, a version and a time: without a share it means
     * the whole channel, as the first of its versions.
     *
     * @throws MalformedJsonException when it tells none
     */
    public static ModelAnnouncement read(byte[] value) {
        JsonObject json = JsonObject.parse(value);
        try {
            return new ModelAnnouncement(
                    json.parsed("channel", Channel::parse),
                    json.parsed("version", ModelVersionId::new),
                    json.optionalNumber("share").orElse(1.0),
                    json.optionalParsedTexts("earlier", ModelVersionId::new),
                    json.time("announcedAt"),
                    json.optionalText("note").orElse(""));
        } catch (IllegalArgumentException e) {
            throw new MalformedJsonException("'share': " + e.getMessage(), e);
        }
    }
}
