// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/widgets/mark.h"

#include <QWidget>

namespace queuedeck::ui {

/// The mark of a status, alone or with its word; follows the theme.
class MarkLabel : public QWidget
{
    Q_OBJECT

public:
    explicit MarkLabel(Mark mark, bool hasWord, QWidget* parent = nullptr);

    /// `stored` is the database's value if it is none of the four statuses.
    void setMark(Mark mark, const QString& stored = {});
    Mark mark() const { return m_mark; }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent* event) override;

private:
    Mark m_mark;
    QString m_word;
    bool m_hasWord;
};

} // namespace queuedeck::ui
