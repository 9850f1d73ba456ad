// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/service/connectiontest.h"

#include <QWidget>

class QGridLayout;

namespace queuedeck::ui {

/// The steps of the test of a connection, a line each: sign, title, what was found.
class TestStepsView : public QWidget
{
    Q_OBJECT

public:
    explicit TestStepsView(QWidget* parent = nullptr);

    /// Grey lines, while it is being tried.
    void showTrying();
    void show(const QVector<service::TestStep>& steps);
    void clear();
    using QWidget::show;

private:
    void add(const service::TestStep& step);

    QGridLayout* m_grid;
};

} // namespace queuedeck::ui
