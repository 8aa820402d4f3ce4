"""Reception (接待登记): one page, one minute, no mouse."""
