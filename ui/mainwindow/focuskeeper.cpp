// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/mainwindow/focuskeeper.h"

#include <QApplication>
#include <QWidget>

namespace queuedeck::ui {

namespace {
bool isOff(const QWidget* widget, const QWidget& window)
{
    return !widget->isEnabled() || !widget->isVisibleTo(&window);
}
} // namespace

FocusKeeper::FocusKeeper(QWidget& window, std::function<QWidget*()> main)
    : QObject(&window)
    , m_window(window)
    , m_main(std::move(main))
{
    connect(qApp, &QApplication::focusChanged, this, &FocusKeeper::moved);
}

void FocusKeeper::moved(QWidget* from, QWidget* to)
{
    const auto isHere = [this](const QWidget* widget) {
        return widget && widget->window() == &m_window;
    };
    if (isHere(from) && !isHere(to) && !isOff(from, m_window)) {
        m_left = from;
        return;
    }
    const QWidget* const lost = isHere(from) ? from : m_left.data();
    m_left = nullptr;
    if (!lost || lost == to || !isOff(lost, m_window) || !m_window.isVisible())
        return;
    if (QWidget* const main = m_main(); main && main != to)
        main->setFocus(Qt::OtherFocusReason);
}

} // namespace queuedeck::ui
