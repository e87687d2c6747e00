package milepost.api.http;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Says of a body's component that rules refuse the body without it, though it may be left out as far as it is read. */
@Target(ElementType.RECORD_COMPONENT)
@Retention(RetentionPolicy.RUNTIME)
public @interface Required {
    /** Which of its own fields, if they stand beside those of the body. */
    String[] value() default {};
}
