// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/widgets/strip.h"

#include <QTimer>

namespace queuedeck::service {
class ChangeFeed;
}

namespace queuedeck::ui {

/// Says on every page that the database does not answer: why, since when, and when it is tried
/// again. Hidden while it answers. GUI thread.
class OutageStrip : public Strip
{
    Q_OBJECT

public:
    /// `changes` must outlive it.
    explicit OutageStrip(service::ChangeFeed& changes, QWidget* parent = nullptr);

private:
    void update();
    QString nextTry() const;

    service::ChangeFeed& m_changes;
    base::Error m_error;
    QTimer m_second;
};

} // namespace queuedeck::ui
