// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/queryedit.h"

#include "ui/widgets/theme.h"

#include <QKeyEvent>
#include <QMimeData>

namespace queuedeck::ui {

QueryEdit::QueryEdit(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setFrameShape(QFrame::NoFrame);
    setLineWrapMode(NoWrap);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setTabChangesFocus(true);
    setFont(textFont(TextRole::Mono));
    document()->setDocumentMargin(1);
    viewport()->setAutoFillBackground(false);
    setFixedHeight(QFontMetrics(font()).lineSpacing() + 2);
}

void QueryEdit::keyPressEvent(QKeyEvent* event)
{
    switch (event->key()) {
    case Qt::Key_Return:
    case Qt::Key_Enter: Q_EMIT accepted(); return;
    case Qt::Key_Escape:
    case Qt::Key_Down: Q_EMIT left(); return;
    default: QPlainTextEdit::keyPressEvent(event);
    }
}

void QueryEdit::focusInEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusInEvent(event);
    Q_EMIT focusChanged();
}

void QueryEdit::focusOutEvent(QFocusEvent* event)
{
    QPlainTextEdit::focusOutEvent(event);
    Q_EMIT focusChanged();
}

void QueryEdit::insertFromMimeData(const QMimeData* source)
{
    if (source->hasText())
        insertPlainText(source->text().simplified());
}

void QueryEdit::wheelEvent(QWheelEvent* event)
{
    event->ignore(); // one line has nowhere to scroll
}

} // namespace queuedeck::ui
