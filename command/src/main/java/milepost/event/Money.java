package milepost.event;

import java.math.BigDecimal;

/**
 * An amount in a currency.
 *
 * @param currency ISO 4217
 */
public record Money(BigDecimal amount, String currency) {}
