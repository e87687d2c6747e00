package milepost.api.axon;

import milepost.api.identity.Authority;
import milepost.api.identity.Grant;
import milepost.command.plan.Command;
import org.axonframework.commandhandling.CommandMessage;
import org.axonframework.messaging.InterceptorChain;
import org.axonframework.messaging.MessageHandlerInterceptor;
import org.axonframework.messaging.unitofwork.UnitOfWork;
import org.jspecify.annotations.Nullable;

/**
 * Lets a command reach its plan only if who sent it may ask for it, whatever path it came by. What is needed can depend
 * on the record, so it is asked again once the plan was loaded: should the record move on after that, the log refuses
 * the fact and the command is sent again.
 */
final class CommandGate implements MessageHandlerInterceptor<CommandMessage<?>> {
    private final Authority authority;

    CommandGate(Authority authority) {
        this.authority = authority;
    }

    @Override
    public @Nullable Object handle(UnitOfWork<? extends CommandMessage<?>> work, InterceptorChain chain)
            throws Exception {
        check(work.getMessage());
        var answer = chain.proceed();
        check(work.getMessage());
        return answer;
    }

    private void check(CommandMessage<?> message) {
        var grant = message.getMetaData().get(Dispatch.GRANT) instanceof Grant given ? given : Grant.NOBODY;
        if (!(message.getPayload() instanceof Command command))
            throw new IllegalStateException("No right is known for " + message.getPayloadType());
        authority.check(grant, command);
    }
}
