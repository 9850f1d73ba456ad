// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"

#include <QDeadlineTimer>
#include <QWidget>

#include <optional>

class QStackedLayout;

namespace queuedeck::service {
class Session;
}

namespace queuedeck::ui {

class DataTable;
class EmptyState;
class JournalFoot;
class JournalModel;
class JournalView;
class Strip;

/// What people changed here, newest first, the chosen entry whole beside it, and above both the
/// changes that were not finished. Reads while it is shown. GUI thread.
class JournalPanel : public QWidget
{
    Q_OBJECT

public:
    explicit JournalPanel(service::Session& session, QWidget* parent = nullptr);

    void setShown(bool shown);

Q_SIGNALS:
    void undoWanted(const queuedeck::domain::JournalEntry& entry);
    void resumeWanted(const queuedeck::domain::JournalEntry& entry);
    void forgetWanted();
    void copied(const QString& what);
    void counted(const QString& count);

private:
    void read();
    void readSize();
    void show(const QVector<domain::JournalEntry>& entries);
    void showCurrent();
    void showUnfinished();
    const domain::JournalEntry* unfinished() const;

    service::Session& m_session;
    JournalModel* m_model;
    DataTable* m_table;
    JournalView* m_view;
    JournalFoot* m_foot;
    Strip* m_strip;
    EmptyState* m_empty;
    QStackedLayout* m_stack;
    QStringList m_left; ///< unfinished entries that the person leaves as they are
    bool m_isShown = false;
    bool m_isReading = false;
    bool m_isReadingSize = false;
    QDeadlineTimer m_sizeHold; ///< a file is read whole to know it: not with every change
};

} // namespace queuedeck::ui
