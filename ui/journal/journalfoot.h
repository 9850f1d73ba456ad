// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/journalentry.h"

#include <QWidget>

class QPushButton;

namespace queuedeck::ui {

class Label;

/// Below the journal: how much of it there is, and what keeps it small. GUI thread.
class JournalFoot : public QWidget
{
    Q_OBJECT

public:
    explicit JournalFoot(QWidget* parent = nullptr);

    void setSize(const domain::JournalSize& size);
    /// `why`: forgetting is off; empty: it is not.
    void setOff(const QString& why);

Q_SIGNALS:
    void forgetWanted();

private:
    Label* m_size;
    QPushButton* m_forget;
};

} // namespace queuedeck::ui
