package dev.colorstream.colorizer.image;

/**
 * A color photo as a file.
 *
 * @param bytes of the file; the receiver's
 * @param contentType its media type
 * @param width in pixels; likewise {@code height}
 */
public record EncodedPhoto(byte[] bytes, String contentType, int width, int height) {}
