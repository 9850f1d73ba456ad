// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/remote/remoteservice.h"

#include <QWidget>

class QVBoxLayout;

namespace queuedeck::ui {

/// The last calls of an endpoint, newest first: when, what it answered, what that means, and what
/// the database shows.
class CallList : public QWidget
{
    Q_OBJECT

public:
    static constexpr int kMost = 5;

    explicit CallList(QWidget* parent = nullptr);

    void add(const QDateTime& at, const remote::RemoteReport& report);

    /// "pending 1,214 → 1,204", or that it was not counted.
    static QString pendingText(const remote::RemoteReport& report);

private:
    QVBoxLayout* m_rows;
};

} // namespace queuedeck::ui
