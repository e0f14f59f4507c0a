package dev.colorstream.qa.faults.guarantees;

/** How a request must end. */
public enum ExpectedEnd {
    /** With a color photo: nothing is wrong with it. */
    COLORED,
    /** With a failed result and a dead letter: it is bad itself. */
    FAILED
}
