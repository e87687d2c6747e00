package milepost.event;

import java.math.BigDecimal;

/**
 * An amount in a currency.
 *
 * @param currency ISO 4217
 */
public record Money(BigDecimal amount, String currency) {
    private static final int MOST_DIGITS = 20;

    /** In plain digits, as it is stored; that it is absent or has too many of them is a rule's business. */
    public Money {
        if (amount != null && amount.scale() < 0 && amount.scale() >= -MOST_DIGITS) amount = amount.setScale(0);
    }
}
