/**
 * Taint: card data, an address and a secret in everything that comes in, and a search for them in
 * everything that is kept, shown, logged or sent on.
 */
@NullMarked
package io.tillwatch.standalone.taint;

import org.jspecify.annotations.NullMarked;
