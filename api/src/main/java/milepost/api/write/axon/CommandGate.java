package milepost.api.write.axon;

import java.util.Map;
import milepost.api.identity.Authority;
import milepost.api.identity.Grant;
import milepost.command.plan.Command;
import milepost.command.plan.Permission;
import milepost.plan.PlanRecord;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Lets a command reach its plan only if who sent it may ask for it, whatever path it came by: by their role before
 * anything is loaded, and by the record that it is decided on. Should that move on, the log refuses the fact and the
 * command is sent again.
 */
@Component
final class CommandGate implements MessageHandlerInterceptor<CommandMessage<?>>, Permission {
    private final Authority authority;

    CommandGate(Authority authority) {
        this.authority = authority;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        var message = work.getMessage();
        if (!(message.getPayload() instanceof Command command))
            throw new IllegalStateException("No right is known for " + message.getPayloadType());
        authority.check(grant(message.getMetaData()), command);
        return chain.proceed();
    }

    @Override
    public void check(Map<String, ?> asking, Command command, PlanRecord record) {
        authority.check(grant(asking), command, record);
    }

    private static Grant grant(Map<String, ?> asking) {
        return asking.get(Dispatch.GRANT) instanceof Grant given ? given : Grant.NOBODY;
    }
}
