package dev.colorstream.qa.benchmarks;

import java.util.Locale;

/** A Markdown table that grows row by row. */
final class Table {
    private final StringBuilder text = new StringBuilder();

    /** @param head the row of the columns' names */
    Table(String head) {
        text.append(head).append('\n');
        head.chars().filter(character -> character == '|').skip(1).forEach(bar -> text.append("|---"));
        text.append("|\n");
    }

    /** Adds a row, and shows it to who waits. */
    void row(String format, Object... values) {
        String row = String.format(Locale.ROOT, format, values);
        System.out.println(row);
        text.append(row).append('\n');
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
