// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/domain/job.h"

#include <QWidget>

class QGridLayout;

namespace queuedeck::ui {

/// The facts of a job, two pairs of name and value a row. What is not known says so.
class FactGrid : public QWidget
{
    Q_OBJECT

public:
    explicit FactGrid(QWidget* parent = nullptr);

    void show(const domain::JobDetail& detail);
    using QWidget::show;

private:
    void add(const QString& name, const QString& value, const QString& toolTip = {});

    QGridLayout* m_grid;
    int m_count = 0;
};

} // namespace queuedeck::ui
