// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/dialogs/bulkdialog.h"

#include <QPointer>

namespace queuedeck::ui {

/// The changes of a window that go on while their dialogs are closed. GUI thread.
class ChangesAside : public QObject
{
    Q_OBJECT

public:
    /// The one of `window`, which owns it.
    static ChangesAside& of(QWidget* window);

    /// Opens the dialog of a change, and keeps it when it is put aside.
    void open(BulkDialog* dialog);
    /// Opens the dialog of the change that was put aside first.
    void reopen();
    /// "Retry 12,428 jobs: 4,504 of 12,428", and how many more there are; empty: none.
    QString text() const;
    /// Whether a change goes on, its dialog closed or not.
    bool isAnyRunning() const { return !running().isEmpty(); }
    void stopAll();

Q_SIGNALS:
    void changed();

private:
    explicit ChangesAside(QWidget* window);
    QVector<BulkDialog*> running() const;
    QVector<BulkDialog*> aside() const;

    QVector<QPointer<BulkDialog>> m_dialogs;
};

} // namespace queuedeck::ui
