// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/jobdetail/jsonprinter.h"

#include <QPlainTextEdit>
#include <QTimer>

namespace queuedeck::ui {

class PayloadColors;

/// Shows printed JSON of any size without blocking the window: text is added, and its colours are
/// changed, in slices of a few milliseconds. GUI thread.
class PayloadText : public QPlainTextEdit
{
    Q_OBJECT

public:
    explicit PayloadText(QWidget* parent = nullptr);
    ~PayloadText() override;

    /// Shows this from the top. The first screenfuls appear at once, the rest follows.
    void setPrinted(const PrintedJson& printed);
    void clear();
    bool isWhole() const { return m_done == m_printed.text.size(); }

Q_SIGNALS:
    void grown();

protected:
    void changeEvent(QEvent* event) override;

private:
    void work();
    bool step();
    void append();
    void renew();

    PrintedJson m_printed;
    qsizetype m_done = 0; ///< characters of it that are in the document
    int m_colored = -1;   ///< blocks in the colours of a new theme; -1: all are
    PayloadColors* m_colors = nullptr;
    QTimer m_slices;
};

} // namespace queuedeck::ui
