// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"

#include <QWidget>

namespace queuedeck::ui {

/// The word of the environment in a small frame: filled for production, otherwise outlined, so that
/// shape and word, not only the hue, tell them apart. Dialogs repeat it.
class EnvironmentMark : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentMark(QWidget* parent = nullptr);

    void setEnvironment(Environment environment);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Environment m_environment = Environment::Local;
};

} // namespace queuedeck::ui
