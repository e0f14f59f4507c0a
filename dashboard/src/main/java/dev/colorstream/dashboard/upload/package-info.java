/** Photos that people bring by the page: stored, asked for, and asked for again. */
@NullMarked
package dev.colorstream.dashboard.upload;

import org.jspecify.annotations.NullMarked;
