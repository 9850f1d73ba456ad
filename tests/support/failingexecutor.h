// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/db/connection.h"

namespace queuedeck::test {

/// Sits in front of a connection's own executor and cuts the connection at the n-th call, so that a
/// test can prove that nothing is half-written. On the connection's thread; lives as long as the
/// connection.
class FailingExecutor final : public db::Executor
{
public:
    static FailingExecutor& before(db::Connection& connection);

    /// Makes the n-th call from now fail with Unreachable before it runs (n > 0); rollbacks are not
    /// counted. 0 disables this.
    void failAtCall(int n) { m_failAt = n; }

    base::Status begin(db::TransactionKind kind, std::chrono::milliseconds deadline) override;
    base::Status commit(std::chrono::milliseconds deadline) override;
    void rollback(std::chrono::milliseconds deadline) override;
    base::Result<db::Rows> execute(const QString& sql, const db::Params& params,
                                   const db::Table* given,
                                   std::chrono::milliseconds deadline) override;
    base::Status copyIn(const QString& sql, const db::RowSource& next,
                        std::chrono::milliseconds deadline) override;
    base::Result<bool> waitForNotice(const QString& channel,
                                     std::chrono::milliseconds patience) override;
    void interrupt() override;
    bool isPooled() const override { return m_inner->isPooled(); }

private:
    explicit FailingExecutor(std::unique_ptr<db::Executor> inner)
        : m_inner(std::move(inner))
    {
    }
    bool isCut() { return m_failAt > 0 && --m_failAt == 0; }

    const std::unique_ptr<db::Executor> m_inner;
    int m_failAt = 0;
};

} // namespace queuedeck::test
