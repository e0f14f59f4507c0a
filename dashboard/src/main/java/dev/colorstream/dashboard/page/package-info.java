/** The HTTP API and the page on it, and who may use them. */
@NullMarked
package dev.colorstream.dashboard.page;

import org.jspecify.annotations.NullMarked;
