package milepost.api;

import java.time.Clock;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.annotation.Bean;

/** The application: {@code mvn spring-boot:run} at the root. */
@SpringBootApplication(scanBasePackages = "milepost")
public class Milepost {
    public static void main(String[] args) {
        SpringApplication.run(Milepost.class, args);
    }

    @Bean
    Clock clock() {
        return Clock.systemUTC();
    }
}
