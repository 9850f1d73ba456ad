// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"
#include "ui/notice/outcometext.h"

#include <QObject>

namespace queuedeck::ui {

/// Tells a person what an action did: a toast for what was done (with Undo where there is a
/// journal entry), the failure for a strip. It owns no widget; the window connects it.
class Notifier : public QObject
{
    Q_OBJECT
public:
    using QObject::QObject;

    void report(Deed deed, const domain::Outcome& outcome);
    void say(const QString& text);
    void fail(const base::Error& error); ///< Cancelled is no failure and says nothing

signals:
    void toastWanted(const QString& text, const queuedeck::domain::JournalId& undo);
    void failed(const QString& line);
};

} // namespace queuedeck::ui
