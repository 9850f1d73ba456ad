// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/widgets/page.h"

namespace queuedeck::ui {

Page::Page(const QString& key, const QString& title, Icon icon, QWidget* parent)
    : QWidget(parent)
    , m_key(key)
    , m_title(title)
    , m_icon(icon)
{
    setObjectName(key);
    setAccessibleName(title);
}

void Page::setCount(const QString& count)
{
    if (count == m_count)
        return;
    m_count = count;
    Q_EMIT countChanged();
}

void Page::setStatusTexts(const QStringList& texts)
{
    if (texts == m_statusTexts)
        return;
    m_statusTexts = texts;
    Q_EMIT statusTextsChanged();
}

} // namespace queuedeck::ui
