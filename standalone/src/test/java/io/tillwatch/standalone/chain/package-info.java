/**
 * The chain from payment topic to page, with every role in a process of its own: killed, stopped,
 * doubled and started again under load, and what it says afterwards compared with a plain recount.
 */
package io.tillwatch.standalone.chain;
