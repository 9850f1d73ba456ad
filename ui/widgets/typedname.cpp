// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/typedname.h"

#include <QCoreApplication>
#include <QEvent>

namespace queuedeck::ui {

TypedName::TypedName(std::chrono::milliseconds lasts, QObject* parent)
    : QObject(parent)
    , m_lasts(lasts)
{
}

void TypedName::typed()
{
    if (m_lasts.count() == 0)
        return;
    m_sinceInput.start();
    QCoreApplication::instance()->installEventFilter(this); // once, however often it is installed
}

bool TypedName::holds() const
{
    return m_sinceInput.isValid() && !m_sinceInput.hasExpired(m_lasts.count());
}

bool TypedName::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
    case QEvent::MouseButtonPress:
    case QEvent::Wheel:
        // Input that comes too late does not bring the permission back.
        if (holds())
            m_sinceInput.restart();
        else
            m_sinceInput.invalidate();
        break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace queuedeck::ui
