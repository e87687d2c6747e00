package milepost.api.identity.account;

import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Whether Milepost issues tokens itself: no other issuer was named. */
public final class Embedded implements Condition {
    @Override
    public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
        return context.getEnvironment()
                .getProperty("milepost.identity.issuer-uri", "")
                .isBlank();
    }

    /** Whether another issuer was named. */
    public static final class Not implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return !new Embedded().matches(context, metadata);
        }
    }
}
