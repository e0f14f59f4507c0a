package dev.colorstream.contract;

import java.util.regex.Pattern;

/**
 * The name of a job: photos that were uploaded together and are awaited together.
 *
 * @param value 1 to 100 ASCII letters, digits, {@code .}, {@code _} and {@code -}, a letter or digit first: safe as one
 *     part of an object key
 */
public record JobId(String value) {
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    public JobId {
        if (!FORM.matcher(value).matches()) {
            throw new IllegalArgumentException("'" + PlainText.clean(value, 120)
                    + "' is not a job id: 1 to 100 letters, digits, '.', '_' and '-', a letter or digit first");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
