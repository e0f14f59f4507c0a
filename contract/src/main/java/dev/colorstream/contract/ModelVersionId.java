package dev.colorstream.contract;

import java.util.regex.Pattern;

/**
 * The name of one trained network, and of its folder in the model registry.
 *
 * @param value 1 to 100 ASCII letters, digits, {@code .}, {@code _} and {@code -}, a letter or digit first: safe as one
 *     part of an object key
 */
public record ModelVersionId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public ModelVersionId {
        if (!isOne(value)) {
            throw new IllegalArgumentException("'" + PlainText.clean(value, 120)
                    + "' is not a model version: 1 to 100 letters, digits, '.', '_' and '-', a letter or digit first");
        }
    }

    /** Whether the text is a version's name. */
    public static boolean isOne(String text) {
        return FORM.matcher(text).matches();
    }

    @Override
    public String toString() {
        return value;
    }
}
