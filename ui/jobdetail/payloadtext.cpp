// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobdetail/payloadtext.h"

#include "ui/jobdetail/payloadcolors.h"

#include <QElapsedTimer>
#include <QEvent>
#include <QPlainTextDocumentLayout>
#include <QScrollBar>
#include <QTextBlock>
#include <QThreadPool>

namespace queuedeck::ui {
namespace {

constexpr qint64 kSliceMs = 8;
constexpr qsizetype kStep = 4'000; ///< characters
constexpr int kBlocks = 100;
constexpr int kManyBlocks = 20'000;

/// Deleting a document of a million lines takes a quarter of a second, and it cannot be emptied bit
/// by bit, since it compacts its text each time. So it is deleted on another thread, with its
/// colours.
void putAway(QTextDocument* document)
{
    if (document->blockCount() < kManyBlocks) {
        document->deleteLater();
        return;
    }
    document->setParent(nullptr);
    document->moveToThread(nullptr); // nothing is delivered to it any more
    QThreadPool::globalInstance()->start([document] { delete document; });
}

} // namespace

PayloadText::PayloadText(QWidget* parent)
    : QPlainTextEdit(parent)
{
    setReadOnly(true);
    m_slices.setInterval(0);
    connect(&m_slices, &QTimer::timeout, this, &PayloadText::work);
    renew();
}

PayloadText::~PayloadText() = default;

void PayloadText::renew()
{
    QTextDocument* const old = m_colors ? document() : nullptr;
    const QFont font = document()->defaultFont();
    const QTextOption option = document()->defaultTextOption();
    auto* fresh = new QTextDocument(this);
    fresh->setDocumentLayout(new QPlainTextDocumentLayout(fresh));
    fresh->setUndoRedoEnabled(false);
    fresh->setDocumentMargin(0);
    fresh->setDefaultFont(font);
    fresh->setDefaultTextOption(option);
    setDocument(fresh);
    m_colors = new PayloadColors(fresh);
    m_colored = -1;
    if (old)
        putAway(old);
}

void PayloadText::setPrinted(const PrintedJson& printed)
{
    if (document()->blockCount() > 1)
        renew();
    else
        QPlainTextEdit::clear();
    m_printed = printed;
    m_done = 0;
    m_colors->setSpans(m_printed.spans);
    append();
    m_slices.start();
}

void PayloadText::clear()
{
    setPrinted({});
}

/// Appends one more piece, up to the end of a line.
void PayloadText::append()
{
    const QString& text = m_printed.text;
    qsizetype end = qMin(m_done + kStep, text.size());
    if (end < text.size())
        end = text.lastIndexOf(QLatin1Char('\n'), end) + 1;
    if (end <= m_done) // a line longer than a step
        end = text.indexOf(QLatin1Char('\n'), m_done) + 1;
    if (end <= m_done)
        end = text.size();
    QTextCursor cursor(document());
    cursor.movePosition(QTextCursor::End);
    cursor.insertText(text.mid(m_done, end - m_done));
    m_done = end;
    Q_EMIT grown();
}

/// False when there is nothing left to do.
bool PayloadText::step()
{
    if (!isWhole()) {
        append();
        return true;
    }
    if (m_colored >= 0) {
        QTextBlock block = document()->findBlockByNumber(m_colored);
        for (int i = 0; i < kBlocks / 4 && block.isValid(); ++i, block = block.next())
            m_colors->rehighlightBlock(block);
        m_colored = block.isValid() ? block.blockNumber() : -1;
        return true;
    }
    return false;
}

void PayloadText::work()
{
    QElapsedTimer timer;
    timer.start();
    while (timer.elapsed() < kSliceMs) {
        if (!step()) {
            m_slices.stop();
            return;
        }
    }
}

void PayloadText::changeEvent(QEvent* event)
{
    QPlainTextEdit::changeEvent(event);
    if (event->type() != QEvent::PaletteChange || !m_colors)
        return;
    // What is visible now, the rest in slices.
    QTextBlock block = firstVisibleBlock();
    for (int i = 0; i < kBlocks && block.isValid(); ++i, block = block.next())
        m_colors->rehighlightBlock(block);
    m_colored = 0;
    m_slices.start();
}

} // namespace queuedeck::ui
