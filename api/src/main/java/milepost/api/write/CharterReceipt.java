package milepost.api.write;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What the opening of a plan, and its amendment, answer.
 *
 * @param citySlug by which officers act for the plan's city now
 */
record CharterReceipt(@JsonUnwrapped Receipt receipt, String citySlug) {}
