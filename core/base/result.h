// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/base/error.h"

#include <tl/expected.hpp>

namespace queuedeck::base {

/// A value or an Error. No exception leaves a function of this project: anything that can fail at
/// run time returns a Result, and ignoring one is a compiler warning.
template <class T>
class [[nodiscard]] Result : public tl::expected<T, Error>
{
public:
    using tl::expected<T, Error>::expected;
    Result(Error error)
        : tl::expected<T, Error>(tl::unexpect, std::move(error))
    {
    }
};

/// A Result that carries nothing but success.
using Status = Result<void>;

/// `return fail(ErrorKind::Invalid, Sentence::tr(…))` reads better than spelling out the aggregate.
inline Error fail(ErrorKind kind, Sentence detail)
{
    return Error{kind, std::move(detail)};
}

} // namespace queuedeck::base
