// SPDX-License-Identifier: GPL-3.0-or-later
#include "tests/support/failingexecutor.h"

using namespace Qt::StringLiterals;

namespace queuedeck::test {

namespace {
base::Error cut()
{
    return base::fail(base::ErrorKind::Unreachable, u"The connection was cut (a test)."_s);
}
} // namespace

FailingExecutor& FailingExecutor::before(db::Connection& connection)
{
    FailingExecutor* made = nullptr;
    connection.wrapExecutor([&made](std::unique_ptr<db::Executor> inner) {
        std::unique_ptr<FailingExecutor> outer(new FailingExecutor(std::move(inner)));
        made = outer.get();
        return outer;
    });
    return *made;
}

base::Status FailingExecutor::begin(db::TransactionKind kind, std::chrono::milliseconds deadline)
{
    return isCut() ? cut() : m_inner->begin(kind, deadline);
}

base::Status FailingExecutor::commit(std::chrono::milliseconds deadline)
{
    return isCut() ? cut() : m_inner->commit(deadline);
}

void FailingExecutor::rollback(std::chrono::milliseconds deadline)
{
    m_inner->rollback(deadline);
}

base::Result<db::Rows> FailingExecutor::execute(const QString& sql, const db::Params& params,
                                                const db::Table* given,
                                                std::chrono::milliseconds deadline)
{
    if (isCut())
        return cut();
    return m_inner->execute(sql, params, given, deadline);
}

base::Status FailingExecutor::copyIn(const QString& sql, const db::RowSource& next,
                                     std::chrono::milliseconds deadline)
{
    return isCut() ? cut() : m_inner->copyIn(sql, next, deadline);
}

base::Result<bool> FailingExecutor::waitForNotice(const QString& channel,
                                                  std::chrono::milliseconds patience)
{
    return m_inner->waitForNotice(channel, patience);
}

void FailingExecutor::interrupt()
{
    m_inner->interrupt();
}

} // namespace queuedeck::test
