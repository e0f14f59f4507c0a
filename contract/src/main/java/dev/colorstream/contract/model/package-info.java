/** What is written beside a trained network, so that it can be trusted and traced. */
@NullMarked
package dev.colorstream.contract.model;

import org.jspecify.annotations.NullMarked;
