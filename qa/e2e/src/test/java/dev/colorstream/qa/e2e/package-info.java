/** The whole system seen from outside: what it promises its users, and what holds its house together. */
@NullMarked
package dev.colorstream.qa.e2e;

import org.jspecify.annotations.NullMarked;
