// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/querycompleter.h"

#include "ui/jobs/completionpopup.h"
#include "ui/jobs/queryedit.h"

#include <QKeyEvent>
#include <QKeySequence>
#include <QScopedValueRollback>
#include <QTextCursor>

namespace queuedeck::ui {

QueryCompleter::QueryCompleter(QueryEdit& edit, QWidget& field)
    : QObject(&edit)
    , m_edit(edit)
    , m_field(field)
{
    edit.installEventFilter(this);
    connect(&edit, &QPlainTextEdit::cursorPositionChanged, this, [this] {
        // The caret moved and the text did not: they are of another place.
        if (isOpen() && !m_isTaking && m_edit.toPlainText() == m_offeredFor)
            close();
    });
}

void QueryCompleter::setVocabulary(const std::function<domain::QueryVocabulary()>& vocabulary)
{
    m_vocabulary = vocabulary;
}

bool QueryCompleter::isOpen() const
{
    return m_popup && !m_popup->isHidden();
}

void QueryCompleter::close()
{
    if (m_popup)
        m_popup->hide();
}

qsizetype QueryCompleter::caret() const
{
    return m_edit.textCursor().hasSelection() ? -1 : m_edit.textCursor().position();
}

void QueryCompleter::typed()
{
    if (!m_isTaking)
        open(Kind::AtCaret, true);
}

void QueryCompleter::refresh()
{
    if (isOpen() && !m_popup->current())
        open(m_kind, false);
}

void QueryCompleter::open(Kind kind, bool pointsAtFirst)
{
    if (!m_vocabulary || !m_edit.isVisible())
        return;
    if (!m_popup || m_popup->parentWidget() != m_edit.window()) {
        delete m_popup;
        m_popup = new CompletionPopup(&m_field);
        connect(m_popup, &CompletionPopup::chosen, this, &QueryCompleter::take);
        connect(&m_edit, &QObject::destroyed, m_popup, &QObject::deleteLater);
    }
    m_kind = kind;
    m_offeredFor = m_edit.toPlainText();
    const domain::QueryVocabulary words = m_vocabulary();
    const domain::Completions completions =
        kind == Kind::Recent ? domain::recentAt(m_offeredFor, words)
                             : domain::completionsAt(m_offeredFor, caret(), words);
    // Without a word being typed, Tab leaves the field as usual until one is pointed at.
    m_popup->show(completions, words, pointsAtFirst && !completions.typed.isEmpty());
    if (isOpen())
        Q_EMIT opened();
}

bool QueryCompleter::take()
{
    const domain::Completion* const current = m_popup ? m_popup->current() : nullptr;
    if (!current || m_edit.toPlainText() != m_offeredFor)
        return false;
    const domain::Completion taken = *current;
    const domain::Completions completions = m_popup->completions();
    {
        const QScopedValueRollback taking(m_isTaking, true);
        QTextCursor cursor = m_edit.textCursor();
        cursor.setPosition(int(completions.from));
        cursor.setPosition(int(completions.from + completions.length), QTextCursor::KeepAnchor);
        cursor.beginEditBlock(); // one step to undo, and not one with what follows
        cursor.insertText(taken.text);
        cursor.endEditBlock();
        m_edit.setTextCursor(cursor);
    }
    close();
    if (!taken.isWhole)
        open(Kind::AtCaret, false);
    return true;
}

bool QueryCompleter::takesKey(const QKeyEvent& event)
{
    const Qt::KeyboardModifiers held = event.modifiers() & ~Qt::KeypadModifier;
    if (event.key() == Qt::Key_Space && held == Qt::ControlModifier) {
        open(Kind::AtCaret, true);
        return true;
    }
    if (held != Qt::NoModifier)
        return false;
    if (!isOpen()) {
        if (event.key() != Qt::Key_Up)
            return false;
        open(Kind::Recent, false);
        return true;
    }
    switch (event.key()) {
    case Qt::Key_Up: m_popup->move(-1); return true;
    case Qt::Key_Down: m_popup->move(1); return true;
    case Qt::Key_Escape: close(); return true;
    case Qt::Key_Tab: return take();
    case Qt::Key_Return:
    case Qt::Key_Enter: close(); return false; // which searches
    default: return false;
    }
}

bool QueryCompleter::eventFilter(QObject* watched, QEvent* event)
{
    switch (event->type()) {
    case QEvent::KeyPress:
        if (takesKey(*static_cast<QKeyEvent*>(event)))
            return true;
        break;
    case QEvent::ShortcutOverride: // Esc closes before it leaves
        if (static_cast<QKeyEvent*>(event)->matches(QKeySequence::DeleteEndOfLine)) {
            event->ignore(); // on some desktops that is Ctrl+K, which is the palette's
            return true;
        }
        if (isOpen() && static_cast<QKeyEvent*>(event)->key() == Qt::Key_Escape)
            event->accept();
        break;
    case QEvent::FocusOut:
    case QEvent::Hide: close(); break;
    default: break;
    }
    return QObject::eventFilter(watched, event);
}

} // namespace queuedeck::ui
