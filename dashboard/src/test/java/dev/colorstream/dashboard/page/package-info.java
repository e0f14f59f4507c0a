/** Tests of access to the page. */
@NullMarked
package dev.colorstream.dashboard.page;

import org.jspecify.annotations.NullMarked;
