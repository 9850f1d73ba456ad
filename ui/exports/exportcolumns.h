// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/jobexport.h"

#include <QWidget>

class QListWidget;
class QPushButton;

namespace queuedeck::ui {

class Label;

/// Which columns of a job are written and in what order: ticked, and moved by dragging or with
/// Alt+Up and Alt+Down.
class ExportColumns : public QWidget
{
    Q_OBJECT

public:
    explicit ExportColumns(QWidget* parent = nullptr);

    QVector<domain::ExportColumn> chosen() const;
    void choose(const QVector<domain::ExportColumn>& columns);
    QWidget* list() const;

Q_SIGNALS:
    void changed();

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void move(int by);
    void count();

    Label* m_count;
    QPushButton* m_all;
    QListWidget* m_list;
    bool m_isFilling = false;
};

} // namespace queuedeck::ui
