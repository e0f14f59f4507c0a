package dev.colorstream.producertools.photos;

import dev.colorstream.contract.Hashes;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A number for each of many names, in at most 72 bytes a name however long it is: an archive may hold millions. Names are told
 * apart by 128 bits of their SHA-256. Not safe from several threads.
 */
public final class NameTable {
    /** What a name has that was not put. */
    public static final long ABSENT = 0;

    private static final int FIRST_CAPACITY = 1024;
    /** Two words of the hash, one of the value. */
    private static final int WORDS = 3;

    private long[] slots = new long[FIRST_CAPACITY * WORDS];
    private int size;

    /** How many names have a number. */
    public int size() {
        return size;
    }

    /** The name's number. */
    public long get(String name) {
        return slots[slot(Fingerprint.of(name)) + 2];
    }

    /**
     * Gives the name a number.
     *
     * @param value not {@link #ABSENT}
     * @return the number that it had
     */
    public long put(String name, long value) {
        if (value == ABSENT) {
            throw new IllegalArgumentException("no name can be given " + ABSENT);
        }
        Fingerprint fingerprint = Fingerprint.of(name);
        int slot = slot(fingerprint);
        long before = slots[slot + 2];
        if (before == ABSENT) {
            size++;
        }
        set(slot, fingerprint, value);
        if (size > capacity() / 3 * 2) {
            grow();
        }
        return before;
    }

    /** Forgets all names. */
    public void clear() {
        slots = new long[FIRST_CAPACITY * WORDS];
        size = 0;
    }

    private record Fingerprint(long first, long second) {
        static Fingerprint of(String name) {
            ByteBuffer hash = ByteBuffer.wrap(Hashes.sha256().digest(name.getBytes(StandardCharsets.UTF_8)));
            return new Fingerprint(hash.getLong(), hash.getLong());
        }
    }

    private int capacity() {
        return slots.length / WORDS;
    }

    /** Where the fingerprint lies, or the free place where it would. */
    private int slot(Fingerprint fingerprint) {
        int mask = capacity() - 1;
        int at = (int) fingerprint.first() & mask;
        while (slots[at * WORDS + 2] != ABSENT
                && (slots[at * WORDS] != fingerprint.first() || slots[at * WORDS + 1] != fingerprint.second())) {
            at = (at + 1) & mask;
        }
        return at * WORDS;
    }

    private void set(int slot, Fingerprint fingerprint, long value) {
        slots[slot] = fingerprint.first();
        slots[slot + 1] = fingerprint.second();
        slots[slot + 2] = value;
    }

    private void grow() {
        long[] old = slots;
        slots = new long[old.length * 2];
        for (int from = 0; from < old.length; from += WORDS) {
            if (old[from + 2] != ABSENT) {
                Fingerprint fingerprint = new Fingerprint(old[from], old[from + 1]);
                set(slot(fingerprint), fingerprint, old[from + 2]);
            }
        }
    }
}
