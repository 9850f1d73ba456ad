// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QWidget>

class QVBoxLayout;

namespace queuedeck::ui {

/// The attempts of a job, newest first: outcome, engine, from and to, and what was said.
class AttemptList : public QWidget
{
    Q_OBJECT

public:
    explicit AttemptList(QWidget* parent = nullptr);

    void show(const QVector<domain::Attempt>& history);
    using QWidget::show;

private:
    void add(const domain::Attempt& attempt);

    QVBoxLayout* m_column;
};

} // namespace queuedeck::ui
