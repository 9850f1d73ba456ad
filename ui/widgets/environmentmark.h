// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/environment.h"

#include <QWidget>

namespace queuedeck::ui {

/// The mark as lists show it, on their own background; returns its size.
QSize environmentMarkSize(Environment environment);
void paintEnvironmentMark(QPainter& painter, const QRect& rect, Environment environment);

/// The word of the environment in a small frame: filled for production, otherwise outlined, so that
/// shape and word, not only the hue, tell them apart. Dialogs repeat it.
class EnvironmentMark : public QWidget
{
    Q_OBJECT
public:
    explicit EnvironmentMark(QWidget* parent = nullptr);

    void setEnvironment(Environment environment);
    /// On a page instead of a band: it brings the band's background along.
    void setOnPage(bool onPage);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Environment m_environment = Environment::Local;
    bool m_isOnPage = false;
};

} // namespace queuedeck::ui
